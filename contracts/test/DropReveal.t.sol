// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC721A} from "erc721a/contracts/IERC721A.sol";
import {Base64} from "solady/utils/Base64.sol";
import {DropCollection} from "../src/DropCollection.sol";
import {Encode} from "../src/lib/Encode.sol";
import {Vm} from "./Base.sol";
import {DropFixture} from "./DropFixture.sol";
import {DropTree} from "./DropTree.sol";

/// What is shown after the sale, when, by whom, and that it is what was committed.
contract DropRevealTest is DropFixture {
    function testFuzzAnyoneWithTheOpeningRevealsAfterTheSale(address anyone) public {
        _open();
        _mint(collector, 3);
        vm.warp(CLOSES);
        vm.prank(anyone);
        drop.reveal(SALT, DIRECTORY);
        vm.assertEq(drop.directory(), DIRECTORY);
        string memory cid = string(Encode.cid(0x70, DIRECTORY));
        vm.assertEq(drop.tokenURI(2), string.concat("ipfs://", cid, "/2"));
    }

    function testNothingIsRevealedBeforeTheEnd() public {
        vm.expectRevert(DropCollection.SaleNotOver.selector);
        drop.reveal(SALT, DIRECTORY);
        _open();
        _mint(collector, 1);
        vm.warp(CLOSES - 1);
        vm.expectRevert(DropCollection.SaleNotOver.selector);
        drop.reveal(SALT, DIRECTORY);
    }

    function testASoldOutDropIsRevealedAtOnce() public {
        _sellOut();
        drop.reveal(SALT, DIRECTORY);
        vm.assertEq(drop.directory(), DIRECTORY);
    }

    function testAnEndedSaleIsRevealedAtOnce() public {
        _open();
        vm.prank(creator);
        drop.endSale();
        drop.reveal(SALT, DIRECTORY);
        vm.assertEq(drop.directory(), DIRECTORY);
    }

    function testFuzzAWrongOpeningIsRefused(bytes32 salt, bytes32 directory, uint8 bit, uint256 how) public {
        _open();
        vm.warp(CLOSES);
        // One bit off in one of them, in half of the cases.
        if (how % 4 == 0) (salt, directory) = (SALT ^ bytes32(uint256(1) << bit), DIRECTORY);
        if (how % 4 == 1) (salt, directory) = (SALT, DIRECTORY ^ bytes32(uint256(1) << bit));
        vm.assume(salt != SALT || directory != DIRECTORY);
        vm.expectRevert(DropCollection.WrongOpening.selector);
        drop.reveal(salt, directory);
        vm.assertEq(drop.directory(), bytes32(0));
        drop.reveal(SALT, DIRECTORY);
    }

    function testADropIsRevealedOnce() public {
        _open();
        vm.warp(CLOSES);
        drop.reveal(SALT, DIRECTORY);
        vm.expectRevert(DropCollection.AlreadyRevealed.selector);
        drop.reveal(SALT, DIRECTORY);
        vm.expectRevert(DropCollection.AlreadyRevealed.selector);
        drop.reveal("another", "directory");
    }

    /// It would read as not revealed, and could be revealed for ever.
    function testADirectoryOfZeroIsNoOpening() public {
        bytes32 zero = keccak256(abi.encode(SALT, bytes32(0)));
        bytes memory signature = _signatureOf(_batch());
        vm.prank(creator);
        drop.commit(_batch(), zero, _saleTerms(), signature);
        vm.warp(CLOSES);
        vm.expectRevert(DropCollection.WrongOpening.selector);
        drop.reveal(SALT, 0);
    }

    /// ERC-4906: every token there is, and only then.
    function testTheRevealAloneAnnouncesNewMetadata() public {
        vm.recordLogs();
        _open();
        _mint(collector, 3);
        vm.warp(CLOSES);
        vm.assertEq(_announcements(vm.getRecordedLogs()), 0);
        vm.recordLogs();
        drop.reveal(SALT, DIRECTORY);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(_announcements(logs), 1);
        vm.assertEq(logs[0].topics[0], DropCollection.Revealed.selector);
        vm.assertEq(logs[0].data, abi.encode(DIRECTORY, SALT));
        vm.assertEq(logs[1].data, abi.encode(0, 2));
    }

    function testADropNobodyBoughtAnnouncesNothing() public {
        _open();
        vm.warp(CLOSES);
        vm.recordLogs();
        drop.reveal(SALT, DIRECTORY);
        vm.assertEq(_announcements(vm.getRecordedLogs()), 0);
    }

    function testBeforeTheRevealATokenSaysThatItComes() public {
        _open();
        _mint(collector, 2);
        string memory json =
            '{"name":"Plates #1","description":"Shown after the sale.","external_url":"https://intaglio.example/drop/"}';
        string memory uri = string.concat("data:application/json;base64,", Base64.encode(bytes(json)));
        vm.assertEq(drop.tokenURI(1), uri);
    }

    function testATokenThatIsNotThereHasNoUri() public {
        _open();
        _mint(collector, 1);
        vm.expectRevert(IERC721A.URIQueryForNonexistentToken.selector);
        drop.tokenURI(1);
        vm.warp(CLOSES);
        drop.reveal(SALT, DIRECTORY);
        vm.expectRevert(IERC721A.URIQueryForNonexistentToken.selector);
        drop.tokenURI(1);
    }

    function testFuzzEveryTokenIsItsWork(uint256 id, uint256 other, uint8 bit) public {
        _sellOut();
        (id, other) = (id % COUNT, other % COUNT);
        bytes32[] memory receipts = _receipts(COUNT);
        bytes32[] memory proof = DropTree.proof(receipts, id);
        vm.assertTrue(drop.verifyWork(id, receipts[id], proof));
        if (other != id) vm.assertFalse(drop.verifyWork(other, receipts[id], proof));
        bytes32 flip = bytes32(uint256(1) << bit);
        vm.assertFalse(drop.verifyWork(id, receipts[id] ^ flip, proof));
        proof[other % proof.length] ^= flip;
        vm.assertFalse(drop.verifyWork(id, receipts[id], proof));
    }

    /// Only tokens stand for works; one that was never sold is none.
    function testAnUnsoldWorkIsNoToken() public {
        _open();
        _mint(collector, 1);
        bytes32[] memory receipts = _receipts(COUNT);
        vm.assertTrue(drop.verifyWork(0, receipts[0], DropTree.proof(receipts, 0)));
        vm.assertFalse(drop.verifyWork(1, receipts[1], DropTree.proof(receipts, 1)));
    }

    function _sellOut() private {
        _open();
        _mint(vm.addr(1), 100);
        _mint(vm.addr(2), 100);
        _mint(vm.addr(3), 50);
    }

    function _announcements(Vm.Log[] memory logs) private pure returns (uint256 count) {
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].topics[0] == DropCollection.BatchMetadataUpdate.selector) ++count;
        }
    }
}
